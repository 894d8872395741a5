using RtpProxy.Admin;

namespace RtpProxy.Ctl.Calls;

/// <summary>A session in full, in words: what a relay tells over its admin socket.</summary>
internal static class SessionText
{
    private const int LabelWidth = 12;

    /// <summary>Lines of any length; what continues one belongs below its text (<see cref="TextLine.Indent"/>).</summary>
    /// <param name="node">Which relay told.</param>
    /// <param name="hasBlocks">Whether histories may be drawn with blocks.</param>
    public static IEnumerable<TextLine> Describe(SessionDetail session, string node, bool hasBlocks)
    {
        DateTimeOffset now = session.SetUpAt.AddSeconds(session.AgeSeconds);
        yield return new TextLine($"call {WireText.ToShown(session.CallId)}, on {node}", 2);
        yield return new TextLine(
            $"  set up at {TimeText.Clock(session.SetUpAt, now)}, {TimeText.Of(session.AgeSeconds)} ago; "
            + (session.Complete ? "" : "the answer is still to come; ")
            + $"ends in {session.RemainingSeconds} s unless media comes",
            4);
        yield return new TextLine($"  {session.Verdict}: {WireText.ToShown(session.Sentence)}", 4, session.Trouble);
        foreach (TextLine line in Party("caller", session.FromTag, session.Caller, "callee"))
        {
            yield return line;
        }

        foreach (TextLine line in Party("callee", session.ToTag, session.Callee, "caller"))
        {
            yield return line;
        }

        IEnumerable<TextLine> Party(string name, string? tag, PartyDetail party, string other)
        {
            yield return new TextLine(
                $"  {name}{(tag is null ? "" : $" ({WireText.ToShown(tag)})")}: {WireText.ToShown(party.Sentence)}",
                4,
                session.Trouble && (session.Party is null || session.Party == name));
            foreach ((string label, string text) in new PartyText(party, other, now, session.SetUpAt, hasBlocks).Lines())
            {
                yield return new TextLine($"    {label.PadRight(LabelWidth)}{WireText.ToShown(text)}", 4 + LabelWidth);
            }
        }
    }
}
