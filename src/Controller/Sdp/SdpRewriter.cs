using System.Globalization;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Controller.Sdp;

/// <summary>
/// Puts the relay's addresses and ports into descriptions (<c>docs/controller.md</c>, "Rewriting"). All changes are
/// splices: lines that are not named there stay as they are, byte for byte.
/// </summary>
internal static class SdpRewriter
{
    /// <summary>Rewrites all descriptions of a message.</summary>
    /// <param name="bodies">The descriptions, as <see cref="SdpBodies"/> finds them.</param>
    /// <param name="relayed">
    /// One entry for each media description of all bodies that needs a relay (<see cref="SdpMedia.NeedsRelay"/>), in order.
    /// </param>
    /// <param name="rules">What else to change.</param>
    /// <returns>The changes to the text that the bodies are views of.</returns>
    public static SpliceList Rewrite(
        IReadOnlyList<SdpBody> bodies, ReadOnlySpan<RelayedMedia> relayed, SdpRewriteRules rules)
    {
        ArgumentNullException.ThrowIfNull(bodies);
        ArgumentNullException.ThrowIfNull(rules);
        var changes = new SpliceList();
        if (relayed.IsEmpty)
        {
            return changes; // Nothing goes through a relay, and so nothing says so.
        }

        foreach (SdpBody body in bodies)
        {
            foreach (SdpSession session in body.Sessions)
            {
                int count = session.Media.Count(media => media.NeedsRelay);
                RewriteSession(body.Text, session, relayed[..count], rules, changes);
                relayed = relayed[count..];
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
        bool isSessionConnectionDone = session.Connection is null;
        bool isOriginDone = false;
        foreach (SdpMedia media in session.Media.Where(media => media.NeedsRelay))
        {
            RelayedMedia target = relayed[0];
            relayed = relayed[1..];
            string address = MediaAddress(text, session.ConnectionOf(media)!, target);
            RewritePorts(text, media, target.Port, changes);
            IceRelayCandidates.Add(media, address, target.Port, rules.IcePriority, changes);
            if (media.Connection is { } own)
            {
                ReplaceAddress(text, own, address, target.Family, changes);
            }

            // Media that share the session's line share the first one's address.
            if (!isSessionConnectionDone && (media.Connection is null || rules.RewriteSessionConnection))
            {
                ReplaceAddress(text, session.Connection!, address, target.Family, changes);
                KeepConnectionOfOthers(text, session, changes);
                isSessionConnectionDone = true;
            }

            if (!isOriginDone)
            {
                // The relay's address even on hold: the origin names the session, not a place for media (RFC 3264
                // section 8).
                ReplaceAddress(text, session.Origin, target.Address, target.Family, changes);
                isOriginDone = true;
            }
        }
    }

    // Media that no relay carries stays where it was: what it took from the session's line becomes a line of its own.
    private static void KeepConnectionOfOthers(string text, SdpSession session, SpliceList changes)
    {
        TextSpan line = session.Connection!.Line;
        string lineEnd = LineEndAt(text, line.End, session.Span.End); // There is one: a medium follows.
        foreach (SdpMedia media in session.Media.Where(media => media is { NeedsRelay: false, Port: not 0, Connection: null }))
        {
            int end = media.Line.Line.End;
            int next = end + LineEndAt(text, end, session.Span.End).Length;
            if (next + 2 <= session.Span.End && text.AsSpan(next, 2) is "i=")
            {
                int length = text.AsSpan(next, session.Span.End - next).IndexOfAny('\r', '\n');
                end = length < 0 ? session.Span.End : next + length; // i= stands between m= and c= (RFC 8866 section 5)
            }

            changes.Insert(end, lineEnd + line.Copy(text));
        }
    }

    private static string LineEndAt(string text, int position, int end) =>
        text.AsSpan(position, end - position) switch
        {
            ['\r', '\n', ..] => "\r\n",
            ['\r', ..] => "\r",
            ['\n', ..] => "\n",
            _ => "",
        };

    // A party on hold the old way (RFC 3264 section 8.4) stays on hold, in the family of the relay.
    private static string MediaAddress(string text, SdpAddress old, RelayedMedia target) =>
        !old.IsNull(text) ? target.Address : target.Family == SdpAddressFamily.IPv6 ? "::" : "0.0.0.0";

    private static void RewritePorts(string text, SdpMedia media, int port, SpliceList changes)
    {
        changes.Replace(media.Line.Port, port.ToString(CultureInfo.InvariantCulture));
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
