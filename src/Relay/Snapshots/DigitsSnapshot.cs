using RtpProxy.Relay.Digits;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>The digits of a leg in a <see cref="LegSnapshot"/>: the events under way, and who wants them.</summary>
internal sealed class DigitsSnapshot
{
    private static readonly DigitWatch NotRead = new(1, null, [], default, IsHiding: false);

    private bool _isThere;
    private DigitDetectorState _state;
    private DigitWatch[] _watches = [];
    private string?[] _targets = [];

    public void Take(Leg leg)
    {
        _isThere = leg.Digits is not null;
        if (leg.Digits is { } digits)
        {
            _state = digits.State;
            _watches = [.. digits.Watches];
            _targets = [.. _watches.Select(watch => watch.Target?.Name)];
        }
    }

    /// <summary>Gives a leg what it had. A target that is gone is not told any more, but digits stay hidden.</summary>
    public void Fill(Leg leg, IInheritance inheritance)
    {
        if (!_isThere)
        {
            return;
        }

        leg.Digits = new DigitDetector();
        leg.Digits.State = _state;
        for (int i = 0; i < _watches.Length; i++)
        {
            NoticeTarget? target = _targets[i] is { } name ? inheritance.FindNoticeTarget(name) : null;
            leg.Digits.Watch(_watches[i] with { Target = target });
        }
    }

    public void Pass(ref SnapshotPass pass)
    {
        pass.Flag(ref _isThere);
        if (!_isThere)
        {
            return;
        }

        foreach (ref PressedDigit known in (Span<PressedDigit>)_state.Events)
        {
            pass.Value(ref known.Timestamp);
            pass.Number(ref known.Duration);
            pass.Octet(ref known.Code, TelephoneEvent.LastDigit);
            pass.Choice(ref known.Phase, DigitPhase.Over);
        }

        pass.Octet(ref _state.Next, PressedDigits.Length - 1);
        pass.Moment(ref _state.ToldUntil);
        pass.Flag(ref _state.IsHasteTold);
        PassWatches(ref pass);
    }

    private void PassWatches(ref SnapshotPass pass)
    {
        int count = pass.Count(_watches.Length, SnapshotLimits.Catchers);
        if (pass.IsReading)
        {
            _watches = new DigitWatch[count];
            Array.Fill(_watches, NotRead);
            _targets = new string?[count];
        }

        for (int i = 0; i < count; i++)
        {
            PassWatch(ref pass, ref _watches[i], ref _targets[i]);
        }
    }

    private static void PassWatch(ref SnapshotPass pass, ref DigitWatch watch, ref string? target)
    {
        (int catcher, _, byte[] tag, PayloadType type, bool isHiding) = watch;
        pass.Number(ref catcher, 1, SnapshotLimits.Catchers);
        pass.OptionalText(ref target, SnapshotLimits.Text);
        pass.Octets(ref tag, SnapshotLimits.Text);
        pass.Value(ref type);
        pass.Flag(ref isHiding);
        if (pass.IsReading)
        {
            watch = new DigitWatch(catcher, null, tag, type, isHiding);
        }
    }
}
