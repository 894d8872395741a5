using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Sip.Sdp;

/// <summary>
/// The session descriptions of one body (RFC 8866), as a view of the text that holds them. Usually there is one; each
/// further <c>v=</c> line begins another. Lines that are not understood are not looked at.
/// </summary>
/// <remarks>
/// Every session of a parsed body has an origin with an address and at least one media description, and every media
/// description has a port, a transport and, by itself or from its session, an address, unless it needs no relay
/// (<see cref="SdpMedia.NeedsRelay"/>). Immutable.
/// </remarks>
public sealed class SdpBody
{
    private SdpBody(string text, TextSpan span, ImmutableArray<SdpSession> sessions)
    {
        Text = text;
        Span = span;
        Sessions = sessions;
    }

    /// <summary>The text that all places refer to: the whole message, or the description alone.</summary>
    public string Text { get; }

    /// <summary>The place of the description, line ends at its end excluded.</summary>
    public TextSpan Span { get; }

    public ImmutableArray<SdpSession> Sessions { get; }

    public static bool TryParse(string text, [NotNullWhen(true)] out SdpBody? body, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, new TextSpan(0, text.Length), out body, out error);
    }

    /// <param name="text">The text that holds the description.</param>
    /// <param name="where">Its place; CR and LF at its end do not count.</param>
    /// <param name="body">The view when true is returned.</param>
    /// <param name="error">The first thing that is wrong when false is returned.</param>
    public static bool TryParse(
        string text, TextSpan where, [NotNullWhen(true)] out SdpBody? body, out ParseError error)
    {
        ArgumentNullException.ThrowIfNull(text);
        body = null;
        int end = where.End;
        while (end > where.Start && SipCharacters.IsLineEnd(text[end - 1]))
        {
            end--;
        }

        var span = TextSpan.FromBounds(where.Start, end);
        SdpLine[] lines = SdpLine.Split(text, span);
        int first = Array.FindIndex(lines, l => l.Type == 'v');
        if (first < 0)
        {
            error = new ParseError(where.Start, "a v= line");
            return false;
        }

        ImmutableArray<SdpSession>.Builder sessions = ImmutableArray.CreateBuilder<SdpSession>(1);
        while (first < lines.Length)
        {
            int next = Array.FindIndex(lines, first + 1, l => l.Type == 'v');
            next = next < 0 ? lines.Length : next;
            if (!SdpSessionParser.TryParse(text, lines.AsSpan(first, next - first), out SdpSession? session, out error))
            {
                return false;
            }

            sessions.Add(session);
            first = next;
        }

        body = new SdpBody(text, span, sessions.DrainToImmutable());
        error = default;
        return true;
    }
}
