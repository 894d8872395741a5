namespace RtpProxy.Admin;

/// <summary>How often a command was carried out so.</summary>
/// <param name="Command">Its name, not what a client wrote.</param>
/// <param name="Result"><c>ok</c>, or an error code of the protocol.</param>
public sealed record CommandCount(string Command, string Result, ulong Count);
