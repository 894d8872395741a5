using System.Globalization;
using RtpProxy.Relay.Destinations;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Quality.Sentences;

/// <summary>The words that sentences about calls are made of.</summary>
internal static class SentenceWords
{
    private const int SecondsPerMinute = 60;
    private const int SecondsPerHour = 3600;
    private const int ShortSeconds = 10;

    public static string Name(Side side) => side == Side.Caller ? "caller" : "callee";

    public static string AsSentence(string words) => $"{char.ToUpperInvariant(words[0])}{words[1..]}.";

    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>3 min 5 s</c>, <c>2 h 10 min</c>.</summary>
    public static string Time(TimeSpan time)
    {
        long seconds = (long)time.TotalSeconds;
        return time.TotalSeconds < ShortSeconds ? Invariant($"{Math.Max(0, time.TotalSeconds):0.0} s")
            : seconds < SecondsPerMinute ? Invariant($"{seconds} s")
            : seconds < SecondsPerHour ? Invariant($"{seconds / SecondsPerMinute} min {seconds % SecondsPerMinute} s")
            : Invariant($"{seconds / SecondsPerHour} h {seconds % SecondsPerHour / SecondsPerMinute} min");
    }

    public static string Count(ulong packets) => packets == 1 ? "1 packet" : Invariant($"{packets} packets");

    public static string Percent(double share) => Invariant($"{share * 100:0.#} %");

    public static string Command(SignalledBy by) => by switch
    {
        SignalledBy.Offer => "the offer (U)",
        SignalledBy.Answer => "the answer (L)",
        _ => "nobody",
    };

    /// <summary>Our RTP port as the party was told it.</summary>
    public static string PortOf(LegReport leg)
    {
        if (leg.Port == 0)
        {
            return "no port yet";
        }

        if (leg.Local.Advertised is { Length: > 0 } told && told.All(IsOfHost))
        {
            return told.Contains(':', StringComparison.Ordinal) ? Invariant($"[{told}]:{leg.Port}") : Invariant($"{told}:{leg.Port}");
        }

        return leg.Local.IsWildcard ? Invariant($"port {leg.Port}") : Endpoint.From(leg.Local.Address, leg.Port).ToString();
    }

    /// <summary>What an address is like, to follow it after a comma; empty where there is nothing to say.</summary>
    public static string Kind(AddressPlace place) => place switch
    {
        AddressPlace.Private => ", a private address that nobody can reach from here",
        AddressPlace.Loopback => ", a loopback address, which means the party's own machine",
        AddressPlace.LinkLocal => ", an address of one link, which this host is not on",
        AddressPlace.OwnHost => ", an address of this host itself",
        AddressPlace.OwnPort => ", a port of this relay itself",
        AddressPlace.OwnSession => ", a port of this relay itself, for another call",
        AddressPlace.Nobody => ", an address of no host",
        _ => "",
    };

    /// <summary>The same where it is ours.</summary>
    public static string OwnKind(AddressPlace place) =>
        place is AddressPlace.OwnHost or AddressPlace.OwnPort or AddressPlace.OwnSession ? Kind(place) : "";

    /// <summary>The address that means a hold.</summary>
    public static string Unspecified(LegReport leg) => leg.IsHeldByIPv6 ? "::" : "0.0.0.0";

    /// <summary>What came for nobody, since the call was not answered yet.</summary>
    public static string Came(EarlyMedia early) =>
        $"{Count(early.Count)} of RTP came from {early.Source}, the last {Time(early.Ago)} ago";

    /// <summary>Why packets do not get there.</summary>
    public static string Why(SendOutcome outcome) => outcome switch
    {
        SendOutcome.PortClosed => "the host there says that the port is closed",
        SendOutcome.Unreachable => "there is no way to it, or the host is away",
        SendOutcome.NotPermitted => "the system does not permit it, by a firewall rule of this host or of one on the way",
        SendOutcome.TooLong => "they are longer than the way there allows",
        SendOutcome.NoRoom => "the system has no room to queue them",
        _ => "the system cannot send there from the address of our port",
    };

    public static string Likeness(MediaLook look) => look switch
    {
        MediaLook.Stun => "STUN (ICE checks of a browser or a phone that wait for an answer)",
        MediaLook.Dtls => "DTLS (a handshake for keys, which only the other party can answer)",
        MediaLook.Fax => "a fax (T.38, UDPTL)",
        MediaLook.Rtcp => "RTCP",
        MediaLook.Rtp => "RTP",
        _ => "nothing that is known",
    };

    public static string Family(bool isIPv6) => isIPv6 ? "IPv6" : "IPv4";

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    // An advertised text is the operator's or a controller's and may be anything.
    private static bool IsOfHost(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '.' or ':' or '-';
}
