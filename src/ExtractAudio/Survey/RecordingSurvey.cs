using RtpProxy.Media.Recording;
using RtpProxy.Rtp;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.ExtractAudio.Survey;

/// <summary>What a first reading of a file tells, before its packets are sorted.</summary>
internal sealed class RecordingSurvey
{
    private RecordingSurvey()
    {
    }

    public ArrivalSurvey Arrivals { get; } = new();

    public FlowSurvey Flows { get; } = new();

    /// <summary>A capture of other programs may hold more than one stream.</summary>
    public bool IsCapture { get; private set; }

    /// <summary>Reads the whole file. What is wrong with it is told by the second reading.</summary>
    /// <param name="stream">At its beginning; it is put back there.</param>
    /// <param name="progress">Is told the bytes used up.</param>
    public static RecordingSurvey Of(FileStream stream, Action<long> progress)
    {
        RecordingSurvey survey = new();
        try
        {
            RecordingReader reader = new(stream);
            survey.IsCapture = reader.Format != RecordingFormat.AdHoc;
            while (reader.TryRead(out RecordedPacket packet))
            {
                survey.Add(packet);
                progress(reader.Position);
            }

            stream.Position = 0;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            stream.Position = 0;
        }

        survey.Arrivals.Decide();
        return survey;
    }

    private void Add(in RecordedPacket recorded)
    {
        if (RtpPacket.TryParseKnownRtp(recorded.Bytes, out RtpPacket packet) != RtpParseError.None)
        {
            return;
        }

        Arrivals.Add(recorded.ArrivalSeconds);
        if (packet.SampleCount > 0)
        {
            Flows.Add(new Flow(recorded.Source, recorded.Destination), packet);
        }
    }
}
