using System.Collections.Immutable;
using RtpProxy.Sip;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// Puts the relay between two parties that speak by session descriptions: edits the body in place, line by line.
/// </summary>
/// <remarks>
/// A line that no rule names stays where it is, byte for byte; a line that a rule removes goes with its line end; what a rule
/// adds stands at the end of its media description: <c>a=mid</c>, the direction, <c>a=rtcp</c>, <c>a=rtcp-mux</c>,
/// <c>a=ptime</c>. What <c>sdp-attr</c> says is done to what has come of that.
/// </remarks>
public static class SdpRewriter
{
    /// <param name="facts">The description that came.</param>
    /// <param name="plan">What is to become of it.</param>
    public static SdpRewritten Rewrite(SdpFacts facts, SdpRewriting plan)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(plan);
        var edits = new SdpEdits(facts);
        ImmutableArray<MediaFate> fates = MediaFate.Of(facts, plan);
        SessionLines.Rewrite(facts, plan, fates, edits);
        ConnectionLines.Rewrite(facts, plan, fates, edits);
        var lines = new MediaLines(facts, plan, edits);
        foreach (MediaFate fate in fates)
        {
            lines.Rewrite(fate);
        }

        if (plan.Answers is { } offered)
        {
            FitTo(offered, facts, plan, edits);
        }

        string body = AttributeEdits.Apply(edits.Apply(), facts.LineEnd, plan.Attributes);
        return new SdpRewritten(body, plan.Answers is null ? [.. fates.Select(OfferedOf)] : []);
    }

    // RFC 3264 section 6: an answer has the media lines of its offer, no more and no fewer.
    private static void FitTo(ImmutableArray<OfferedMedia> offered, SdpFacts facts, SdpRewriting plan, SdpEdits edits)
    {
        TextSpan last = facts.Media[^1].Section.Lines.Span[^1].Line;
        if (facts.Media.Length > offered.Length)
        {
            edits.Remove(facts.Media[offered.Length].Line.Line, last);
        }

        foreach (OfferedMedia missing in offered.Skip(facts.Media.Length))
        {
            edits.AddBehind(last, $"m={missing.Type} 0 {ProtocolWord.Normal(missing.Protocol)} {missing.Formats}".TrimEnd());
            if (facts.Session.Connection is null)
            {
                edits.AddBehind(last, ConnectionLines.Line(plan.Address)); // RFC 8866 section 5.7: somewhere there is one
            }
        }
    }

    private static OfferedMedia OfferedOf(MediaFate fate) =>
        new(fate.Media.Type, fate.Media.Protocol, fate.Media.Formats, fate.Media.Mid, fate.Codecs.Stripped);
}
