namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>D[w] call_id from_tag [to_tag]</c>.</summary>
public sealed record DeleteCommand(string Call, string FromTag, string? ToTag = null, bool Weak = false) : Command
{
    public override string CallId => Call;
}
