namespace RtpProxy.Control.Commands;

/// <summary><c>U[mods] call_id remote_ip remote_port from_tag [to_tag] [notify_socket notify_tag]</c>.</summary>
public sealed record UpdateCommand(
    string Call,
    RemoteMedia Remote,
    string FromTag,
    string? ToTag = null,
    LegModifiers? Modifiers = null,
    NotifyTarget? Notify = null) : Command(CommandKind.Update)
{
    public override string CallId => Call;
}
