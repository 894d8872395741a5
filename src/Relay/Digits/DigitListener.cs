using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;
using RtpProxy.Relay.Statistics;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>Hears the digits that parties press: telephone events on their way to the other party (media rules, section 8.3).</summary>
/// <remarks>Owned by one worker. Allocates for a digit that is told, and for no packet.</remarks>
internal sealed class DigitListener(RelayOptions options, RelayStatistics statistics, IEventSink events)
{
    /// <summary>The digits of this party are listened for from the start, if those of all are.</summary>
    public void Attach(Leg leg)
    {
        if (options.DigitPayloadType is not null)
        {
            leg.Digits ??= new DigitDetector();
        }
    }

    /// <summary>Listens to a packet. True when it must not get to the other party, because of whoever asked for the digits.</summary>
    public bool Hides(in Passage passage) =>
        passage.Stream is { Kind: StreamKind.Rtp, Leg.Digits: { } digits } && Hides(passage, digits);

    /// <summary>
    /// Listens to a packet that ends here: digits that somebody blocks, or presses while a prompt plays, are told all the same to who
    /// wants those of the call (docs/ng.md, digits). Of calls of RTPproxy's protocol they are not.
    /// </summary>
    public void HearKept(in Passage passage)
    {
        if (passage.Stream.Leg.Session.Call is not null)
        {
            _ = Hides(passage);
        }
    }

    private bool Hides(in Passage passage, DigitDetector digits)
    {
        if (passage.Bytes.Length < RtpPacket.FixedHeaderLength)
        {
            return false;
        }

        var type = new PayloadType((byte)(passage.Bytes[1] & 0x7f)); // most packets are of another: no need to parse them again
        if ((!digits.IsWatched(type, out bool isHidden) && type != options.DigitPayloadType && !IsTold(passage.Stream.Leg, type))
            || RtpPacket.TryParse(passage.Bytes, out RtpPacket packet) != RtpParseError.None)
        {
            return false;
        }

        if (TelephoneEvent.TryParse(packet.Payload, out TelephoneEvent told)
            && told.Digit is { } digit
            && digits.IsOverWith(packet.Timestamp, told, out ushort duration))
        {
            Tell(passage.Stream.Leg, digits, new HeardDigit(digit, told.Volume, duration, type), passage.Now);
        }

        return isHidden;
    }

    /// <summary>By the description of who hears them, whose numbers who sends is to take, or by that of who sends (RFC 3264, section 5.1).</summary>
    private static bool IsTold(Leg speaker, PayloadType type) =>
        type.Value == speaker.DigitPayloadType || type.Value == speaker.Session.Opposite(speaker).DigitPayloadType;

    private void Tell(Leg leg, DigitDetector digits, in HeardDigit digit, Instant now)
    {
        if (digits.MayTell(now, out bool isFirstBeyond))
        {
            events.On(new RelayEvent.DigitHeard(leg, digit));
        }
        else
        {
            statistics.Count(RelayCounter.DigitsTooFast);
            if (isFirstBeyond)
            {
                events.On(new RelayEvent.DigitsTooFast(leg));
            }
        }
    }
}
