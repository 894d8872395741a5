using System.IO.Pipelines;

namespace RtpProxy.Lines.Tests;

/// <summary>Bytes that come in pieces.</summary>
internal static class Pieces
{
    /// <summary>Writes them piece by piece, each in memory of its own, and ends the pipe.</summary>
    public static async Task WriteAsync(PipeWriter writer, ReadOnlyMemory<byte> bytes, int step)
    {
        for (; !bytes.IsEmpty; bytes = bytes[Math.Min(step, bytes.Length)..])
        {
            await writer.WriteAsync(bytes[..Math.Min(step, bytes.Length)]);
            await Task.Yield();
        }

        await writer.CompleteAsync();
    }
}
