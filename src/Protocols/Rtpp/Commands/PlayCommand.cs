namespace RtpProxy.Protocols.Rtpp.Commands;

/// <summary><c>P[count] call_id prompt codecs from_tag [to_tag]</c>.</summary>
/// <param name="Prompt">Name of the prompt without its payload-type suffix.</param>
/// <param name="Codecs">Payload types with single separators, or the word <c>session</c>, verbatim.</param>
/// <param name="Count">Times to play; negative is until stopped, 0 only stops.</param>
public sealed record PlayCommand(
    string Call,
    string Prompt,
    string Codecs,
    string FromTag,
    string? ToTag = null,
    int Count = 1) : Command
{
    public override string CallId => Call;
}
