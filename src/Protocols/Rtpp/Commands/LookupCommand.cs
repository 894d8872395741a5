namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>L[mods] call_id remote_ip remote_port from_tag [to_tag]</c>.</summary>
public sealed record LookupCommand(
    string Call,
    RemoteMedia Remote,
    string FromTag,
    string? ToTag = null,
    LegModifiers? Modifiers = null) : Command
{
    public override string CallId => Call;
}
