using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits.Dialling;

/// <summary>
/// Digits that a party seems to press, one after the other, as telephone events in its own stream (RFC 4733, section 2.5.1): an
/// update every 20 ms, the first with the marker, the last three times.
/// </summary>
/// <remarks>Owned by one worker. All it knows is in <see cref="State"/>.</remarks>
internal sealed class Dialler(Leg speaker)
{
    /// <summary>Of telephone events and of whatever they are put among (RFC 4733, section 2.1).</summary>
    public const int ClockRateHz = 8_000;

    private const int PacketMilliseconds = 20;
    private const int UnitsPerMillisecond = ClockRateHz / 1_000;
    private const int Repeats = 2; // of the last packet

    private DialState _state;

    public Leg Speaker => speaker;

    /// <summary>What it knows, to be copied out and in.</summary>
    public ref DialState State => ref _state;

    /// <summary>A digit is under way: what the party sends itself meanwhile is not heard.</summary>
    public bool IsSounding => _state.Sent > 0;

    public bool IsFull => _state.Count == DialledDigits.Length;

    /// <summary>Nothing is left to be sent.</summary>
    public bool IsDone => _state.Count == 0;

    /// <summary>Ended; what still refers to it leaves it alone.</summary>
    public bool IsStopped { get; set; }

    public void Add(in DialledDigit digit) => _state.Digits[_state.Count++] = digit;

    /// <summary>Writes the packet that is due now into the party's stream, and moves on. Only while there is a digit.</summary>
    /// <param name="payloadType">Of the telephone events that the other party takes.</param>
    /// <returns>The length of the packet.</returns>
    public int WriteNext(Span<byte> destination, PayloadType payloadType, Instant now)
    {
        DialledDigit digit = _state.Digits[0];
        if (!IsSounding)
        {
            _state.Ssrc = speaker.Reception.LastSsrc.GetValueOrDefault();
            _state.Timestamp = TimestampAt(now);
        }

        _state.Sent++;
        int updates = (digit.Milliseconds + PacketMilliseconds - 1) / PacketMilliseconds;
        int pressed = Math.Min(_state.Sent * PacketMilliseconds, digit.Milliseconds);
        SequenceNumber sequence = speaker.Numbers!.OfInserted(_state.Ssrc);
        int length = RtpHeaderWriter.Write(destination, payloadType, marker: _state.Sent == 1, sequence, _state.Timestamp, _state.Ssrc);
        var sounding = new TelephoneEvent(
            digit.Code, IsEnd: _state.Sent >= updates, digit.Volume, (ushort)(pressed * UnitsPerMillisecond));
        length += sounding.Write(destination[length..]);
        int wait = PacketMilliseconds;
        if (_state.Sent == updates + Repeats)
        {
            wait = digit.Milliseconds + digit.PauseMilliseconds - ((_state.Sent - 1) * PacketMilliseconds);
            RemoveFirst();
        }

        _state.Due += TimeSpan.FromMilliseconds(wait);
        return length;
    }

    private void RemoveFirst()
    {
        _state.Sent = 0;
        _state.Count--;
        Span<DialledDigit> digits = _state.Digits;
        digits[1..].CopyTo(digits);
    }

    /// <summary>That of a packet which the party would send now.</summary>
    private RtpTimestamp TimestampAt(Instant now)
    {
        ref readonly JitterState heard = ref speaker.Reception.State.Jitter;
        long since = ReceptionStatistics.TicksOf(now.Nanoseconds, ClockRateHz) - heard.LastArrival;
        bool isKnown = heard.LastArrival != 0 && since >= 0; // not on another clock than the packet's
        return new RtpTimestamp(heard.LastTimestamp).Add(isKnown ? (int)Math.Min(since, int.MaxValue) : PacketMilliseconds * UnitsPerMillisecond);
    }
}
