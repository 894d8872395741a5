namespace RtpProxy.Io.Posix.Getopt;

/// <summary>An option written <c>--name</c>.</summary>
/// <param name="Code">What identifies it in a <see cref="ScannedOption"/>; above 255, so that it is no letter.</param>
public readonly record struct LongOption(string Name, ArgumentRule Argument, int Code);
