using RtpProxy.Rtp;

namespace RtpProxy.Relay.Digits;

/// <summary>Makes digits of the telephone events of one party (RFC 4733; media rules, section 8.3), and knows who wants them.</summary>
/// <remarks>Owned by one leg. All it knows of the events is in <see cref="State"/>.</remarks>
public sealed class DigitDetector
{
    /// <summary>Catchers of a daemon, each of which may watch a party.</summary>
    internal const int MaxWatches = 16;

    // Nobody presses keys that fast for that long; a machine that dials does for one number. What is beyond is a flood.
    private const int MaxAtOnce = 100;
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    private DigitDetectorState _state;

    /// <summary>What it knows, to be copied out and in.</summary>
    internal ref DigitDetectorState State => ref _state;

    /// <summary>Who wants the digits, in the order in which they asked; one for each catcher.</summary>
    internal DigitWatch[] Watches { get; set; } = [];

    /// <summary>Takes a watch, or changes the one of the same catcher: payload type and hiding only.</summary>
    internal void Watch(DigitWatch watch)
    {
        int place = Array.FindIndex(Watches, known => known.Catcher == watch.Catcher);
        if (place < 0)
        {
            Watches = [.. Watches, watch];
        }
        else
        {
            Watches[place] = Watches[place] with { PayloadType = watch.PayloadType, IsHiding = watch.IsHiding };
        }
    }

    /// <summary>Whether packets of a type are digits to anybody who asked.</summary>
    internal bool IsWatched(PayloadType type, out bool isHidden)
    {
        bool isWatched = false;
        isHidden = false;
        foreach (DigitWatch watch in Watches)
        {
            if (watch.PayloadType == type)
            {
                isWatched = true;
                isHidden |= watch.IsHiding;
            }
        }

        return isWatched;
    }

    /// <summary>
    /// Takes a packet of an event. True when the event is over with it, which is found once: at the first packet that says so
    /// after at least one before it.
    /// </summary>
    /// <param name="duration">The longest that a packet of the event told.</param>
    internal bool IsOverWith(RtpTimestamp timestamp, in TelephoneEvent told, out ushort duration)
    {
        duration = 0;
        foreach (ref PressedDigit known in (Span<PressedDigit>)_state.Events)
        {
            if (known.Phase == DigitPhase.None || known.Timestamp != timestamp)
            {
                continue;
            }

            if (known.Phase == DigitPhase.Over || known.Code != told.Code)
            {
                return false;
            }

            known.Duration = Math.Max(known.Duration, told.Duration);
            known.Phase = told.IsEnd ? DigitPhase.Over : DigitPhase.Pending;
            duration = known.Duration;
            return told.IsEnd;
        }

        _state.Events[_state.Next] = new PressedDigit
        {
            Timestamp = timestamp,
            Code = told.Code,
            Duration = told.Duration,
            Phase = DigitPhase.Pending,
        };
        _state.Next = (byte)((_state.Next + 1) % PressedDigits.Length);
        return false;
    }

    /// <summary>Whether one more digit may be told: not when they come faster than keys are pressed.</summary>
    /// <param name="isFirstBeyond">It may not, for the first time.</param>
    internal bool MayTell(Instant now, out bool isFirstBeyond)
    {
        isFirstBeyond = false;
        Instant from = _state.ToldUntil > now ? _state.ToldUntil : now;
        if (from - now > Shortest * MaxAtOnce)
        {
            isFirstBeyond = !_state.IsHasteTold;
            _state.IsHasteTold = true;
            return false;
        }

        _state.ToldUntil = from + Shortest;
        return true;
    }
}
