using System.Text;
using RtpProxy.Io.Posix.Files;

namespace RtpProxy.Daemon.Configuration;

/// <summary>Reads a configuration file whole, whatever it may be.</summary>
internal static class ConfigurationText
{
    // It is written by hand. A device or a log given by mistake is not read to its end.
    private const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <param name="path">Relative to the current directory.</param>
    /// <param name="reason">Why there is none; empty if there is.</param>
    /// <returns>The text; null if the file cannot be read, is too long or holds no text.</returns>
    public static string? Read(string path, out string reason)
    {
        if (NamedPipe.Exists(path))
        {
            reason = "it is not an ordinary file";
            return null;
        }

        try
        {
            using FileStream stream = File.OpenRead(path);
            byte[] bytes = new byte[MaxBytes + 1];
            int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            reason = length > MaxBytes ? "it is larger than 1 MiB" : "";
            ReadOnlySpan<byte> text = bytes.AsSpan(0, length);
            ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
            return length > MaxBytes ? null : Strict.GetString(text.StartsWith(mark) ? text[mark.Length..] : text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            reason = e switch
            {
                DecoderFallbackException => "it is no text in UTF-8",
                FileNotFoundException or DirectoryNotFoundException or ArgumentException => "there is no such file",
                UnauthorizedAccessException when Directory.Exists(path) => "it is a directory",
                UnauthorizedAccessException => "it may not be read",
                _ => $"the system says: {e.Message}",
            };
            return null;
        }
    }
}
