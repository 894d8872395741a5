using RtpProxy.ExtractAudio.Survey;
using RtpProxy.Rtp;

namespace RtpProxy.ExtractAudio.Loading;

/// <summary>
/// Says when a packet arrived. Times that the survey does not believe would make hours of silence out of a few wrong bytes: such a
/// packet is taken to have come right after the one before it. Where the file has no times, the sender's timestamps stand in.
/// </summary>
internal sealed class RecordingClock(ArrivalSurvey survey, double offsetSeconds)
{
    private const int MaxSources = 1_024;
    private const double SamplesPerSecond = 8_000;

    private readonly Dictionary<Ssrc, (double Arrival, RtpTimestamp Timestamp)> _untimed = [];
    private double _corrected = survey.Start ?? 0;
    private double _raw = double.NaN;

    /// <summary>Whether the time that the file has is believed.</summary>
    public bool IsBelieved(double arrivalSeconds) => survey.IsBelieved(arrivalSeconds);

    /// <summary>Seconds, comparable with those of the other recording.</summary>
    /// <param name="arrivalSeconds">As the file has it.</param>
    /// <param name="packet">For files without times.</param>
    public double Arrival(double arrivalSeconds, in RtpPacket packet)
    {
        if (double.IsNaN(arrivalSeconds) && survey.Start is null)
        {
            return Untimed(packet);
        }

        if (survey.IsBelieved(arrivalSeconds))
        {
            _corrected = arrivalSeconds;
        }
        else if (Math.Abs(arrivalSeconds - _raw) < 1)
        {
            // A clock that was set wrongly still runs.
            _corrected += Math.Max(arrivalSeconds - _raw, 0);
        }

        _raw = arrivalSeconds;
        return _corrected + offsetSeconds;
    }

    private double Untimed(in RtpPacket packet)
    {
        double arrival = _corrected;
        if (_untimed.TryGetValue(packet.Ssrc, out (double Arrival, RtpTimestamp Timestamp) last))
        {
            double passed = packet.Timestamp.DistanceFrom(last.Timestamp) / SamplesPerSecond;
            arrival = last.Arrival + (passed is > 0 and < 60 ? passed : 0);
        }

        if (_untimed.Count < MaxSources || _untimed.ContainsKey(packet.Ssrc))
        {
            _untimed[packet.Ssrc] = (arrival, packet.Timestamp);
        }

        _corrected = Math.Max(_corrected, arrival);
        return arrival + offsetSeconds;
    }
}
