using System.Runtime.InteropServices;

namespace RtpProxy.Tools.CommandLine;

/// <summary>What the system says about a failed file operation, in the words of strerror(3).</summary>
internal static class SystemError
{
    private const int LargestErrorNumber = 4_095;

    /// <param name="exception">Thrown by a file operation.</param>
    /// <param name="path">The file it was about.</param>
    public static string Describe(Exception exception, string path) => exception switch
    {
        FileNotFoundException or DirectoryNotFoundException => "No such file or directory",
        UnauthorizedAccessException when Directory.Exists(path) => "Is a directory",
        UnauthorizedAccessException => "Permission denied",
        PathTooLongException => "File name too long",
        IOException { HResult: > 0 and <= LargestErrorNumber } io => Marshal.GetPInvokeErrorMessage(io.HResult),
        _ => exception.Message,
    };

    /// <summary>Whether an exception is the system's answer rather than a defect of the program.</summary>
    public static bool IsOne(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
