namespace RtpProxy.Io.Posix.Interop;

/// <summary>An option written <c>--name</c>.</summary>
/// <param name="Code">What identifies it in a <see cref="ScannedOption"/>; above 255, so that it is no letter.</param>
internal readonly record struct LongOption(string Name, ArgumentRule Argument, int Code);
