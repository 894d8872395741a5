namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>C[s][p] call_id target from_tag [to_tag]</c>.</summary>
/// <param name="Target">A file name inside the recording directory, or <c>udp:host:port</c>, verbatim.</param>
public sealed record CopyCommand(
    string Call,
    string Target,
    string FromTag,
    string? ToTag = null,
    bool SingleFile = false,
    bool ReportPort = false) : Command
{
    public override string CallId => Call;
}
