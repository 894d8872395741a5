namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>N[a] call_id from_tag [to_tag]</c>.</summary>
public sealed record NoRecordCommand(string Call, string FromTag, string? ToTag = null, bool BothParties = false) : Command
{
    public override string CallId => Call;
}
