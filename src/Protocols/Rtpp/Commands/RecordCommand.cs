namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>R[s] call_id from_tag [to_tag]</c>.</summary>
public sealed record RecordCommand(string Call, string FromTag, string? ToTag = null, bool SingleFile = false) : Command
{
    public override string CallId => Call;
}
