using System.CommandLine;

namespace RtpProxy.Ctl.Verbs;

/// <summary>The words that name a call: <c>CALLID [FROMTAG]</c>.</summary>
internal sealed class CallArguments
{
    private readonly Argument<string> _callId = new("CALLID") { Description = "the Call-ID" };

    private readonly Argument<string?> _fromTag = new("FROMTAG")
    {
        Description = "the caller's tag, with ;N for one medium only; not needed where the relay has an admin socket",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public void AddTo(Command verb)
    {
        verb.Add(_callId);
        verb.Add(_fromTag);
    }

    /// <summary>In the form of the wire.</summary>
    public (string CallId, string? Tag) Read(ParseResult parsed) =>
        (WireText.FromTyped(parsed.GetValue(_callId)!), parsed.GetValue(_fromTag) is { } tag ? WireText.FromTyped(tag) : null);

    /// <summary>That no node has the call, in one line.</summary>
    public static string NotFound(string callId, string? tag) => tag is null
        ? $"no session of call '{WireText.ToShown(callId)}'"
        : $"no session of call '{WireText.ToShown(callId)}' and tag '{WireText.ToShown(tag)}'; expected the tag of the first U";
}
