using System.IO.Pipelines;
using System.Text;

namespace RtpProxy.Lines.Tests.Fuzz;

/// <summary>
/// Any bytes in pieces of any size, where the first byte says how large the pieces are: the lines are those that splitting the
/// whole at once gives, those that are too long included.
/// </summary>
public static class LineReaderTarget
{
    public const int MaxLength = 12;

    public static void Fuzz(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty)
        {
            return;
        }

        byte[] bytes = data[1..].ToArray();
        ReadAsync(bytes, data[0] + 1).GetAwaiter().GetResult().ShouldBe(Expected(Encoding.Latin1.GetString(bytes)));
    }

    /// <summary>What comes of bytes in pieces: a status and a text each.</summary>
    public static async Task<List<string>> ReadAsync(byte[] bytes, int step)
    {
        var pipe = new Pipe(new PipeOptions(minimumSegmentSize: 1, pauseWriterThreshold: 0));
        Task writing = Pieces.WriteAsync(pipe.Writer, bytes, step);
        var lines = new LineReader(pipe.Reader, MaxLength);
        var read = new List<string>();
        MessageStatus status;
        do
        {
            MessageRead next = await lines.ReadAsync(TestContext.Current.CancellationToken);
            status = next.Status;
            read.Add($"{status} {Encoding.Latin1.GetString(next.Bytes.Span)}");
        }
        while (status != MessageStatus.End);
        await writing;
        return read;
    }

    private static List<string> Expected(string text)
    {
        string[] lines = text.Split('\n');
        List<string> expected = [.. lines[..^1].Select(line => IsTooLong(line) ? Cut(line) : $"Whole {line}")];
        if (IsTooLong(lines[^1]))
        {
            expected.Add(Cut(lines[^1]));
        }

        return [.. expected, IsTooLong(lines[^1]) ? "End " : $"End {lines[^1]}"];
    }

    private static bool IsTooLong(string line) => line.Length > MaxLength;

    private static string Cut(string line) => $"TooLong {line[..MaxLength]}";
}
