namespace RtpProxy.MakeAnn.Input;

/// <summary>Linear samples of 16 bits, mono, 8 kHz, from a file.</summary>
internal interface ISampleSource : IDisposable
{
    /// <summary>What the file is, for people.</summary>
    string Description { get; }

    /// <summary>How much of the file has been read, 0 to 1.</summary>
    double Progress { get; }

    /// <summary>Fills <paramref name="samples"/>; fewer only at the end of the file.</summary>
    /// <exception cref="IOException">The file cannot be read on, or is damaged here.</exception>
    int Read(Span<short> samples);

    /// <summary>Goes back to the first sample.</summary>
    void Rewind();
}
