using System.Globalization;
using RtpProxy.Controller.Interop;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary>Who owns a file, and whether it is a socket: what the base library does not tell. Asked after a failure only.</summary>
/// <param name="Access">Who may do what, as chmod(1) takes it.</param>
/// <param name="User">The owner's name, or number if it has none.</param>
/// <param name="Group">The group's name, or number.</param>
internal readonly record struct SocketFile(bool IsSocket, int Access, string User, string Group)
{
    private const int AccessMask = 0x1FF; // rwxrwxrwx

    /// <summary>Null when that cannot be known.</summary>
    public static SocketFile? Read(string path) => FileOwner.Read(path) is { } file
        ? new SocketFile(file.IsSocket, file.Mode & AccessMask, NameIn("/etc/passwd", file.User), NameIn("/etc/group", file.Group))
        : null;

    // Both files have name:password:number:...
    private static string NameIn(string file, uint number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        try
        {
            return File.ReadLines(file)
                .Select(line => line.Split(':'))
                .FirstOrDefault(words => words.Length > 2 && words[2] == text)?[0] ?? text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return text;
        }
    }
}
