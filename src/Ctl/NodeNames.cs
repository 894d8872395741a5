namespace RtpProxy.Ctl;

/// <summary>Names of nodes that leave a table room: the file alone of a Unix socket, where that tells them apart.</summary>
internal static class NodeNames
{
    public static IReadOnlyList<string> Short(IReadOnlyList<string> sockets)
    {
        string[] names = [.. sockets.Select(FileOf)];
        return names.Distinct(StringComparer.Ordinal).Count() == names.Length ? names : sockets;
    }

    private static string FileOf(string socket) =>
        socket.StartsWith("unix:", StringComparison.Ordinal) || socket.StartsWith("cunix:", StringComparison.Ordinal)
            ? socket[(socket.LastIndexOf('/') + 1)..]
            : socket;
}
