namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>How commands are parted on a connection.</summary>
internal enum Framing
{
    /// <summary>One read is one command, then the connection is closed (control protocol, section 1.6).</summary>
    OneShot,

    /// <summary>A command per line, any number of them (section 1.5).</summary>
    Lines,

    /// <summary>The protocol says where a command ends (<see cref="ICommandCutter"/>).</summary>
    Cut,
}
