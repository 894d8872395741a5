using RtpProxy.Relay.Recording;

namespace RtpProxy.Io.Tests.Files;

internal static class RecordingFileExtensions
{
    /// <summary>One record; false if the file takes no more.</summary>
    public static bool Put(this IRecordingFile file, byte[] bytes)
    {
        if (!file.TryReserve(bytes.Length, out Span<byte> record))
        {
            return false;
        }

        bytes.CopyTo(record);
        return true;
    }
}
