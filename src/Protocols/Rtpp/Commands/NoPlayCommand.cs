namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>S call_id from_tag [to_tag]</c>.</summary>
public sealed record NoPlayCommand(string Call, string FromTag, string? ToTag = null) : Command
{
    public override string CallId => Call;
}
