namespace RtpProxy.Protocols.Rtpp;

/// <summary>The number after the <c>E</c> of an error reply (control protocol, section 5). Names say which check failed.</summary>
public enum ErrorCode
{
    /// <summary>Not an error.</summary>
    None = -1,

    /// <summary>The first byte of the command word is no command.</summary>
    UnknownCommand = 0,

    /// <summary>Too few or too many tokens for the command.</summary>
    ArgumentCount = 1,

    /// <summary>A modifier on a command that takes none.</summary>
    UnexpectedModifier = 2,

    /// <summary>A sub-command where none is allowed, or one that is malformed.</summary>
    SubCommand = 3,

    /// <summary>Empty command, NUL in a token, or more tokens or sub-commands than the limits allow.</summary>
    Syntax = 5,

    /// <summary><c>R</c> with <c>p</c>, or <c>N</c> with something after <c>a</c>.</summary>
    RecordModifierPlacement = 6,

    /// <summary>Unknown modifier of <c>R</c>, <c>C</c> or <c>N</c>.</summary>
    RecordModifier = 7,

    /// <summary>Unknown modifier of <c>D</c>.</summary>
    DeleteModifier = 8,

    /// <summary>Unknown modifier of <c>G</c>.</summary>
    StatsModifier = 9,

    /// <summary>Bad percent-escape in a notify tag.</summary>
    NotifyTagEscape = 10,

    /// <summary><c>e</c> without bridging, or a third direction letter.</summary>
    ExternalDirection = 11,

    /// <summary><c>i</c> without bridging, or a third direction letter.</summary>
    InternalDirection = 12,

    /// <summary><c>z</c> missing its number or outside 1..999 ms.</summary>
    Ptime = 13,

    /// <summary><c>c</c> empty or given twice.</summary>
    CodecList = 14,

    /// <summary>Malformed argument of <c>l</c>.</summary>
    LocalAddressSyntax = 15,

    /// <summary>Malformed argument of <c>r</c>.</summary>
    RouteAddressSyntax = 16,

    /// <summary><c>P</c> count is not a number.</summary>
    PlayCount = 17,

    /// <summary>Unknown modifier of <c>I</c>.</summary>
    InfoModifier = 18,

    /// <summary>Unknown modifier of <c>Q</c> on an existing session.</summary>
    QueryModifier = 19,

    /// <summary><c>Gv</c> reply too long while writing a name.</summary>
    StatsReplyTooLong = 25,

    /// <summary><c>Q</c> reply too long.</summary>
    QueryReplyTooLong = 26,

    /// <summary><c>l</c>: literal not usable or label unknown.</summary>
    LocalAddress = 31,

    /// <summary><c>r</c>: literal not usable or no route.</summary>
    RouteAddress = 32,

    /// <summary>Unknown <c>U</c>/<c>L</c> modifier; <c>P ... session</c> without a stored codec list.</summary>
    Modifier = 35,

    /// <summary>No local address of the family of the remote address.</summary>
    AddressFamily = 36,

    /// <summary>Remote address or port not usable.</summary>
    RemoteAddress = 37,

    /// <summary>No session matches.</summary>
    UnknownSession = 50,

    /// <summary>No playable prompt, or a bad codec list.</summary>
    Player = 60,

    /// <summary>Unknown statistic in <c>Q</c>.</summary>
    QueryName = 62,

    /// <summary><c>C</c> failed after the session was found.</summary>
    Copy = 65,

    /// <summary>Unknown name in <c>G</c>, or overflow while writing a value.</summary>
    StatsName = 68,

    /// <summary>No port pair for a leg of an existing session.</summary>
    LegPorts = 71,

    /// <summary>No port pair for a new session.</summary>
    SessionPorts = 72,

    /// <summary>A notify pair was given, but the daemon permits no notification target.</summary>
    NotificationsOff = 75,

    /// <summary>The reply of <c>I</c>, <c>U</c> or <c>L</c> does not fit behind a very long cookie.</summary>
    InfoReplyTooLong = 86,

    /// <summary>New session refused by overload protection.</summary>
    Overload = 98,

    /// <summary>New session refused during slow shutdown.</summary>
    Shutdown = 99,
}
