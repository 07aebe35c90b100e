fn main() -> Result<(), typedown::Error> {
    typedown::Generator::new()
        .docs("../../docs-input")
        .versions(["v1.0"])
        .select(["commsOperation"])
        .build()?;
    Ok(())
}
