using System.Buffers;
using System.Text.Json;
using RtpProxy.Hosting.Admin;
using RtpProxy.Relay;
using RtpProxy.Relay.Quality;

namespace RtpProxy.Hosting.Hep;

/// <summary>
/// How the stream from a party fares, as Homer reads it (docs/operations.md, Homer): its upper-case keys, those that are not known left out.
/// Durations are milliseconds; <c>DIR</c> and <c>PARTY</c> are 0 for what comes from the caller, 1 for the callee.
/// </summary>
internal static class StreamReport
{
    private const double MillisecondsPerSecond = 1000;

    /// <param name="at">The moment of the report.</param>
    /// <param name="isLast">The stream has ended.</param>
    public static void Write(SessionReport report, Side side, DateTimeOffset at, bool isLast, IBufferWriter<byte> text)
    {
        LegReport party = report[side];
        ReceptionFigures figures = party.Reception;
        using var json = new Utf8JsonWriter(text);
        json.WriteStartObject();
        json.WriteString("CORRELATION_ID", report.CallId);
        json.WriteString("RTP_SIP_CALL_ID", report.CallId);
        json.WriteNumber("REPORT_TS", at.ToUnixTimeMilliseconds() / MillisecondsPerSecond);
        json.WriteNumber("TL_BYTE", figures.Bytes);
        json.WriteNumber("TOTAL_PK", figures.Packets);
        json.WriteNumber("EXPECTED_PK", figures.Expected);
        json.WriteNumber("PACKET_LOSS", figures.Lost);
        if (figures.LastSequence is { } sequence)
        {
            json.WriteNumber("SEQ", sequence.Value);
        }

        Write(json, "JITTER", Rounding.Milliseconds(figures.JitterLastMilliseconds));
        Write(json, "MAX_JITTER", Rounding.Milliseconds(figures.JitterMaximumMilliseconds));
        Write(json, "MEAN_JITTER", Rounding.Milliseconds(figures.JitterMeanMilliseconds));
        Write(json, "DELTA", Rounding.Milliseconds(figures.DeltaMilliseconds));
        Write(json, "MAX_DELTA", Rounding.Milliseconds(figures.DeltaMaximumMilliseconds));
        Write(json, "SKEW", Rounding.Milliseconds(figures.SkewMilliseconds));
        Write(json, "MAX_SKEW", Rounding.Milliseconds(figures.SkewMaximumMilliseconds));
        Write(json, "MOS", Rounding.Score(figures.Score));
        Write(json, "MEAN_MOS", Rounding.Score(figures.ScoreMean));
        Write(json, "MIN_MOS", Rounding.Score(figures.ScoreMinimum));
        Write(json, "RFACTOR", Rounding.Score(figures.Rating));
        Write(json, "MEAN_RFACTOR", Rounding.Score(figures.RatingMean));
        Write(json, "MIN_RFACTOR", Rounding.Score(figures.RatingMinimum));
        if (party.Learned.IsKnown)
        {
            json.WriteString("SRC_IP", party.Learned.ToIPAddress().ToString());
            json.WriteNumber("SRC_PORT", party.Learned.Port);
        }

        json.WriteString("DST_IP", party.Local.Address.ToString());
        json.WriteNumber("DST_PORT", party.Port);
        json.WriteNumber("OUT_ORDER", figures.OutOfOrder);
        json.WriteNumber("SSRC_CHG", figures.SsrcChanges);
        if (figures.PayloadType is { } type)
        {
            json.WriteNumber("CODEC_PT", type.Value);
            json.WriteString("CODEC_NAME", PartyNames.NameOf(type));
        }

        if (figures.ClockRateHz > 0)
        {
            json.WriteNumber("CLOCK", figures.ClockRateHz);
        }

        json.WriteNumber("DIR", DirectionOf(side));
        json.WriteString("REPORT_NAME", PartyNames.NameOf(party.Learned) ?? PartyNames.NameOf(side));
        json.WriteNumber("PARTY", DirectionOf(side));
        json.WriteString("TYPE", isLast ? "HANGUP" : "PERIODIC");
        json.WriteEndObject();
    }

    private static int DirectionOf(Side side) => side == Side.Caller ? 0 : 1;

    private static void Write(Utf8JsonWriter json, string key, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(key, known);
        }
    }
}
