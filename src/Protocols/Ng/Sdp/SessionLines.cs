using System.Collections.Immutable;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>The lines before the first <c>m=</c>, except <c>c=</c>.</summary>
internal static class SessionLines
{
    public static void Rewrite(SdpFacts facts, SdpRewriting plan, ImmutableArray<MediaFate> fates, SdpEdits edits)
    {
        if (plan.ReplacesOrigin && facts.Origin is { } origin)
        {
            // Our address even on hold: it names the session, not a place for media (RFC 3264 section 8).
            ConnectionLines.ReplaceAddress(origin.Place, plan.Address, edits);
        }

        // The session's keys are those of all its media, also of media that is carried unseen.
        bool keepsKeys = fates.Any(fate => !fate.IsRefused && (fate.Media.IsSecure || fate.Media.Kind != SdpMediaKind.Rtp));
        foreach (SdpAttribute attribute in facts.Session.Attributes)
        {
            ReadOnlySpan<char> name = attribute.Name.In(facts.Text);
            if ((!plan.KeepsDirection && AttributeKinds.IsDirection(name))
                || AttributeKinds.IsIce(name)
                || (name is "group" && IsBundle(facts.Text, attribute))
                || (plan.StripsExtmap && AttributeKinds.IsExtension(name))
                || (!keepsKeys && AttributeKinds.IsKeying(name)))
            {
                edits.Remove(attribute.Line);
            }
        }

        if (plan.LoopMark is { } mark && !facts.HasLoopMark(mark))
        {
            edits.AddBehind(facts.Session.Lines.Span[^1].Line, $"a={SdpFacts.LoopMarkName}:{mark}");
        }
    }

    private static bool IsBundle(string text, SdpAttribute group) =>
        group.Value is { } value && value.In(text).StartsWith("BUNDLE", StringComparison.OrdinalIgnoreCase);
}
