using RtpProxy.Protocols.Rtpp.Commands;

namespace RtpProxy.Protocols.Rtpp;

/// <summary>What <see cref="CommandParser"/> made of a line.</summary>
/// <param name="Questions">
/// To be answered by who knows the daemon's addresses. They come before <paramref name="Error"/>: a "no" to one of them is
/// the error that is answered.
/// </param>
/// <param name="Error"><see cref="ErrorCode.None"/>, or the code of the error reply.</param>
/// <param name="Command">The command; null if there is an error.</param>
internal readonly record struct ParsedLine(IReadOnlyList<AddressQuestion> Questions, ErrorCode Error, Command? Command);
