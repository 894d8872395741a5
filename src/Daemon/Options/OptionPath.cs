namespace RtpProxy.Daemon.Options;

/// <summary>Whether an argument names a place in the file system, which in a file of options is looked for beside that file.</summary>
internal enum OptionPath
{
    None,

    /// <summary>It is a path.</summary>
    File,

    /// <summary>It is a socket, and a path if that is a Unix socket.</summary>
    Socket,
}
