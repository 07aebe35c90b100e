//! A program with models of one type and of what it reaches, made from the docs when it is built.

mod graph {
    include!(concat!(env!("OUT_DIR"), "/typedown.rs"));
}

use graph::v1_0::CommsOperation;

fn main() -> Result<(), serde_json::Error> {
    let reply = r##"{
        "@odata.type": "#microsoft.graph.commsOperation",
        "id": "17e3b46c-f61d-4f4d-9635-c626ef18e6ad",
        "status": "completed",
        "clientContext": "d45324c1-fcb5-430a-902c-f20af696537c"
    }"##;
    let operation: CommsOperation = serde_json::from_str(reply)?;
    let is_over = operation.status.as_deref() == Some("completed");
    println!("{}: over: {is_over}", operation.id.unwrap_or_default());
    Ok(())
}
