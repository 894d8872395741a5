using RtpProxy.Relay.Notices;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>Somebody wants to be told the digits that a party presses (control protocol, section 4.6).</summary>
/// <param name="Catcher">Which of the daemon's digit catchers was asked, from 1; each keeps a watch of its own.</param>
/// <param name="Target">Who is told; null once that one is not permitted any more.</param>
/// <param name="Tag">Any bytes; the message begins with them.</param>
/// <param name="PayloadType">Of the packets that are digits.</param>
/// <param name="IsHiding">Those packets do not get to the other party.</param>
internal sealed record DigitWatch(int Catcher, NoticeTarget? Target, byte[] Tag, PayloadType PayloadType, bool IsHiding);
