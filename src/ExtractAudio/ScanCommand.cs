using System.Globalization;
using RtpProxy.Media.Recording;
using RtpProxy.Rtp;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.ExtractAudio;

/// <summary><c>-S</c>: counts the records of the files, without looking into the packets.</summary>
internal sealed class ScanCommand(TextWriter output)
{
    private const long Unreadable = -1;

    public void Run(ExtractOptions options)
    {
        foreach (string? path in (ReadOnlySpan<string?>)[options.AnswerPath, options.OriginatePath])
        {
            if (path is not null)
            {
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {Count(path)}"));
            }
        }
    }

    private static long Count(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            RecordingReader reader = new(stream);
            long count = 0;
            while (reader.TryRead(out RecordedPacket packet))
            {
                // A capture counts what it holds of UDP; an ad-hoc recording only what can be RTP.
                bool counts = reader.Format != RecordingFormat.AdHoc
                    || packet.Bytes.Length >= RtpPacket.FixedHeaderLength;
                count += counts ? 1 : 0;
            }

            return reader.Fault is null ? count : Unreadable;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            return Unreadable;
        }
    }
}
