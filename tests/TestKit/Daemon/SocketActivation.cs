using System.Net.Sockets;

namespace RtpProxy.TestKit.Daemon;

/// <summary>
/// Plays the service manager: opens a listening Unix socket as descriptor 3 and runs a program with it, announced as
/// sd_listen_fds(3) expects. The announcement holds the program's pid, which only it can know before it starts: so a line
/// of Perl, which every Debian has, becomes the program.
/// </summary>
public static class SocketActivation
{
    private const string Script =
        """
        use Socket; use POSIX ();
        my $path = shift; my $count = shift;
        $^F = 255;
        socket(my $s, PF_UNIX, SOCK_STREAM, 0) or die "socket: $!";
        bind($s, sockaddr_un($path)) or die "bind: $!";
        listen($s, 32) or die "listen: $!";
        POSIX::dup2(fileno($s), 3 + $_) for 0 .. $count - 1;
        $ENV{LISTEN_PID} = $$; $ENV{LISTEN_FDS} = $count;
        exec { $ARGV[0] } @ARGV or die "exec: $!";
        """;

    /// <summary>The program to start, with the arguments made here in front of the daemon's own.</summary>
    public static string Launcher => "/usr/bin/perl";

    /// <param name="socket">Of the kind <c>systemd:</c>.</param>
    /// <param name="count">How many descriptors are announced; a daemon takes one.</param>
    public static IReadOnlyList<string> Arguments(ControlSocket socket, int count = 1) =>
        Arguments(((UnixDomainSocketEndPoint)socket.EndPoint!).ToString(), count);

    /// <inheritdoc cref="Arguments(ControlSocket, int)"/>
    /// <param name="path">Where the socket is made.</param>
    public static IReadOnlyList<string> Arguments(string path, int count = 1) =>
        ["-e", Script, path, count.ToString(System.Globalization.CultureInfo.InvariantCulture), Executables.Daemon];
}
