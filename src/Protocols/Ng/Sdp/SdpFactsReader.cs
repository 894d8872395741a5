using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using RtpProxy.Sip;
using RtpProxy.Sip.Sdp;

namespace RtpProxy.Protocols.Ng.Sdp;

/// <summary>
/// Reads a description strictly where a relay needs to be sure (addresses, ports, one session) and not at all elsewhere.
/// </summary>
internal static class SdpFactsReader
{
    public static bool TryRead(string body, [NotNullWhen(true)] out SdpFacts? facts, out string error)
    {
        facts = null;
        error = SdpErrors.Unreadable;
        if (body.Length is 0 or > SdpFacts.MaxLength)
        {
            return false;
        }

        string lineEnd = LineEndOf(body);
        string text = Complete(body, lineEnd);
        SdpLine[] lines = SdpLine.Split(text, new TextSpan(0, text.Length));
        if (!AreOfOneSession(lines))
        {
            return false;
        }

        int firstMedia = NextMedia(lines, 0);
        if (!SdpSectionReader.TryRead(text, lines.AsMemory(0, firstMedia), out SdpSection? session)
            || !SdpSectionReader.TryReadOrigin(text, session.Lines.Span, out SdpOrigin? origin))
        {
            return false;
        }

        MediaDirection? direction = SdpDirection.Find(text, session.Attributes);
        ImmutableArray<SdpMediaFacts>.Builder media = ImmutableArray.CreateBuilder<SdpMediaFacts>();
        for (int start = firstMedia; start < lines.Length;)
        {
            int next = NextMedia(lines, start + 1);
            ReadOnlyMemory<SdpLine> section = lines.AsMemory(start, next - start);
            if (media.Count == SdpFacts.MaxMedia
                || !SdpMediaReader.TryRead(text, section, session, direction, media.Count + 1, out SdpMediaFacts? one))
            {
                return false;
            }

            media.Add(one);
            start = next;
        }

        error = media.Count == 0 ? SdpErrors.NothingToRewrite
            : media.Any(one => one.NeedsPorts && one.Address is null) ? SdpErrors.Incomplete
            : "";
        if (error.Length > 0)
        {
            return false;
        }

        facts = new SdpFacts(text, lineEnd, origin, direction, session, media.DrainToImmutable());
        return true;
    }

    private static string LineEndOf(string body)
    {
        int feed = body.IndexOf('\n');
        return feed > 0 && body[feed - 1] != '\r' ? "\n" : "\r\n";
    }

    private static string Complete(string body, string lineEnd) => body[^1] switch
    {
        '\n' => body,
        '\r' => lineEnd == "\r\n" && body.Contains('\n') ? body + "\n" : body,
        _ => body + lineEnd,
    };

    // Every line is x=..., the first one v=, and no other.
    private static bool AreOfOneSession(SdpLine[] lines)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Type == '\0' || (lines[i].Type == 'v') != (i == 0))
            {
                return false;
            }
        }

        return lines.Length > 0;
    }

    private static int NextMedia(SdpLine[] lines, int start)
    {
        while (start < lines.Length && lines[start].Type != 'm')
        {
            start++;
        }

        return start;
    }
}
