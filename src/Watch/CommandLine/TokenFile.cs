using System.Diagnostics.CodeAnalysis;

namespace RtpProxy.Watch.CommandLine;

/// <summary>A file with the token that clients must know.</summary>
internal static class TokenFile
{
    private const int MinLength = 16;
    private const int MaxLength = 512;

    private const UnixFileMode TooOpen =
        UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="problem">One sentence, if the file cannot be used.</param>
    public static bool TryRead(
        string path, [NotNullWhen(true)] out string? token, [NotNullWhen(false)] out string? problem)
    {
        token = null;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read);
            if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file.SafeFileHandle) & TooOpen) != 0)
            {
                problem = $"--http-token {path}: the file is open to others; expected mode 0600 or 0640";
                return false;
            }

            byte[] bytes = new byte[MaxLength + 2];
            int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            string text = System.Text.Encoding.Latin1.GetString(bytes, 0, length).TrimEnd('\n', '\r');
            if (text.Length is < MinLength or > MaxLength || !text.All(letter => letter is > ' ' and <= '~'))
            {
                problem = $"--http-token {path}: the file has no token; expected one line of {MinLength} to {MaxLength} printable characters without spaces";
                return false;
            }

            token = text;
            problem = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"--http-token {path}: {Reason(e)}; expected a file with a token that the user {Environment.UserName} can read";
            return false;
        }
    }

    private static string Reason(Exception fault) => fault switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file",
        UnauthorizedAccessException => "permission denied",
        _ => fault.Message,
    };
}
