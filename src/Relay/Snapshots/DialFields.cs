using RtpProxy.Relay.Digits.Dialling;

namespace RtpProxy.Relay.Snapshots;

/// <summary>Digits that parties seem to press, in a snapshot.</summary>
internal static class DialFields
{
    private const int MaxSent = (DialledDigit.MaxMilliseconds / 20) + 2;

    public static void Pass(ref SnapshotPass pass, ref DialState state)
    {
        pass.Octet(ref state.Count, DialledDigits.Length);
        pass.Number(ref state.Sent, 0, state.Count == 0 ? 0 : MaxSent);
        pass.Value(ref state.Ssrc);
        pass.Value(ref state.Timestamp);
        pass.Moment(ref state.Due);
        foreach (ref DialledDigit digit in ((Span<DialledDigit>)state.Digits)[..state.Count])
        {
            (byte code, byte volume, int pressed, int pause) = digit;
            pass.Octet(ref code, DialledDigit.LastCode);
            pass.Octet(ref volume, DialledDigit.MaxVolume);
            pass.Number(ref pressed, DialledDigit.MinMilliseconds, DialledDigit.MaxMilliseconds);
            pass.Number(ref pause, DialledDigit.MinMilliseconds, DialledDigit.MaxMilliseconds);
            digit = new DialledDigit(code, volume, pressed, pause);
        }
    }
}
