namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>U[mods] call_id remote_ip remote_port from_tag [to_tag] [notify_socket notify_tag]</c>.</summary>
public sealed record UpdateCommand(
    string Call,
    RemoteMedia Remote,
    string FromTag,
    string? ToTag = null,
    LegModifiers? Modifiers = null,
    NotifyTarget? Notify = null) : Command
{
    /// <summary>
    /// A notification socket without its tag, which Kamailio 5.6 sends behind both tags (section 3.6); null in all other forms.
    /// </summary>
    public string? SocketWithoutTag { get; init; }

    public override string CallId => Call;
}
