using System.Text.RegularExpressions;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Sdp;
using RtpProxy.Sip;

namespace RtpProxy.Controller.Tests.Differential;

/// <summary>
/// What the module does with nearly any message of several media and we do not (docs/differences-controller.md): taken out
/// of both sides, so that the rest can be compared.
/// </summary>
public static partial class KnownOddities
{
    private static readonly string[] KnownTransports = ["RTP/AVP", "RTP/AVPF", "RTP/SAVP", "RTP/SAVPF", "UDP", "UDPTL", "UDP/BFCP"];

    /// <param name="passage">What came out.</param>
    /// <param name="message">What went in.</param>
    public static string Without(Passage passage, SipMessage message)
    {
        var sdp = SdpBodies.Find(message);
        if (sdp.Presence != SdpPresence.Present)
        {
            return passage.ToString();
        }

        MediaLine[] media = [.. MediaLine.All(sdp.All)];
        string[] commands = [.. passage.Commands.Select((command, i) => i < media.Length ? Plain(command, media[i]) : command)];
        bool isHeld = sdp.All.Any(body => body.Sessions.Any(s => s.Media.FirstOrDefault(m => m.NeedsRelay) is { } first && s.ConnectionOf(first)!.IsNull(body.Text)));
        string text = isHeld ? OriginLine().Replace(passage.Body, "o=(held)") : passage.Body;

        // With its own o= the length may be another.
        return (passage with { Commands = commands, Body = text, ContentLength = isHeld ? null : passage.ContentLength }).ToString();
    }

    /// <summary>True when a session has a <c>c=</c> that cannot be read, and no medium needs it: the module gives the message up.</summary>
    public static bool IsReadByUsAlone(SipMessage message)
    {
        var sdp = SdpBodies.Find(message);
        return sdp.All.Any(body => body.Sessions.Any(session =>
            session.Connection is null
            && HeadConnection().IsMatch(body.Text[session.Span.Start..session.Media[0].Line.Line.Start])));
    }

    // Modifiers of each medium; Codec lists.
    private static string Plain(string command, MediaLine line)
    {
        string[] words = command.Split(' ', 2);
        string letters = line.Number > 1 ? SixesOnceAgain().Replace(words[0], "") : words[0];
        bool isListed = KnownTransports.Contains(line.Media.Transport, StringComparer.OrdinalIgnoreCase)
            && line.Media.Line.Formats.In(line.Text) is [>= '0' and <= '9', ..] or [];
        return $"{(isListed ? letters : CodecList().Replace(letters, ""))} {words[1]}";
    }

    [GeneratedRegex("^c=", RegexOptions.Multiline)]
    private static partial Regex HeadConnection();

    [GeneratedRegex("^o=.*?(?=\\r?$)", RegexOptions.Multiline)]
    private static partial Regex OriginLine();

    [GeneratedRegex("(?<=^[UL][A-Z]*)6+")]
    private static partial Regex SixesOnceAgain();

    [GeneratedRegex("c[0-9,]*$")]
    private static partial Regex CodecList();
}
