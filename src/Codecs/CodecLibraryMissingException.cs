namespace RtpProxy.Codecs;

/// <summary>A library of the system is not installed; the message names the package that has it.</summary>
public sealed class CodecLibraryMissingException(CodecLibrary library) : Exception(library.MissingMessage)
{
    public CodecLibrary Library { get; } = library;
}
