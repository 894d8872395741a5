namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// Guards against arrival times that would make hours of silence out of a few wrong bytes: all must be within a day of the
/// first one.
/// </summary>
internal sealed class RecordingClock
{
    private const double MaxDistanceSeconds = 24 * 3_600;

    private double? _first;

    public bool IsPlausible(double arrivalSeconds)
    {
        if (!double.IsFinite(arrivalSeconds) || Math.Abs(arrivalSeconds) > uint.MaxValue)
        {
            return false;
        }

        _first ??= arrivalSeconds;
        return Math.Abs(arrivalSeconds - _first.Value) <= MaxDistanceSeconds;
    }
}
