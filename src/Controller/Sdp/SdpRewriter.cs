using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// Puts the relay's addresses and ports into descriptions (<c>docs/controller.md</c>, "Rewriting"). All changes are
/// splices: lines that are not named there stay as they are, byte for byte.
/// </summary>
public static class SdpRewriter
{
    /// <summary>Rewrites all descriptions of a message.</summary>
    /// <param name="bodies">The descriptions, as <see cref="SdpBodies"/> finds them.</param>
    /// <param name="relayed">One entry for each media description of all bodies, in order.</param>
    /// <param name="rules">What else to change.</param>
    /// <returns>The changes to the text that the bodies are views of.</returns>
    public static SpliceList Rewrite(
        IReadOnlyList<SdpBody> bodies, ReadOnlySpan<RelayedMedia> relayed, SdpRewriteRules rules)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        ArgumentNullException.ThrowIfNull(rules);
        var changes = new SpliceList();
        foreach (SdpBody body in bodies)
        {
            foreach (SdpSession session in body.Sessions)
            {
                RewriteSession(body.Text, session, relayed[..session.Media.Length], rules, changes);
                relayed = relayed[session.Media.Length..];
            }
        }

        // The mark is looked for in the first description only, and so it is put there.
        if (rules.Mark.Length > 0 && !RelayMark.IsIn(bodies[0].Text, bodies[0].Span, rules.Mark))
        {
            RelayMark.Add(bodies[0], rules.Mark, changes);
        }

        return changes;
    }

    private static void RewriteSession(
        string text, SdpSession session, ReadOnlySpan<RelayedMedia> relayed, SdpRewriteRules rules, SpliceList changes)
    {
        bool sessionConnectionDone = session.Connection is null;
        for (int i = 0; i < session.Media.Length; i++)
        {
            SdpMedia media = session.Media[i];
            RelayedMedia target = relayed[i];
            string address = MediaAddress(text, session.ConnectionOf(media), target);
            RewritePorts(text, media, target.Port, changes);
            IceRelayCandidates.Add(media, address, target.Port, rules.IcePriority, changes);
            if (media.Connection is { } own)
            {
                ReplaceAddress(text, own, address, target.Family, changes);
            }

            // Media that share the session's line share the first one's address.
            if (!sessionConnectionDone && (media.Connection is null || rules.RewriteSessionConnection))
            {
                ReplaceAddress(text, session.Connection!, address, target.Family, changes);
                sessionConnectionDone = true;
            }

            if (i == 0)
            {
                // The relay's address even on hold: the origin names the session, not a place for media (RFC 3264
                // section 8).
                ReplaceAddress(text, session.Origin, target.Address, target.Family, changes);
            }
        }
    }

    // A party on hold the old way (RFC 3264 section 8.4) stays on hold, in the family of the relay.
    private static string MediaAddress(string text, SdpAddress old, RelayedMedia target) =>
        !old.IsNull(text) ? target.Address : target.Family == SdpAddressFamily.IPv6 ? "::" : "0.0.0.0";

    private static void RewritePorts(string text, SdpMedia media, int port, SpliceList changes)
    {
        // Port 0 is media that is refused or has ended (RFC 3264 section 6); it must stay so.
        if (media.Line.Port.In(text) is not "0")
        {
            changes.Replace(media.Line.Port, port.ToString(CultureInfo.InvariantCulture));
        }

        if (media.Rtcp is { Value: { IsEmpty: false } value })
        {
            changes.Replace(value, (port + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void ReplaceAddress(
        string text, SdpAddress line, string address, SdpAddressFamily family, SpliceList changes)
    {
        bool sameFamily = line.Family == family;
        if ((sameFamily && line.IsNull(text)) || line.Address.In(text).SequenceEqual(address))
        {
            return;
        }

        if (sameFamily)
        {
            changes.Replace(line.Address, address);
        }
        else
        {
            char digit = family == SdpAddressFamily.IPv6 ? '6' : '4';
            changes.Replace(line.FamilyDigitAndAddress, $"{digit} {address}");
        }
    }
}
