namespace RtpProxy.MakeAnn.Input;

/// <summary>Cuts the input into blocks, up to a limit, and begins it again at its end if wanted.</summary>
/// <param name="source">The input.</param>
/// <param name="limitSamples">Samples of all blocks together, at most.</param>
/// <param name="loop">Complete a block that meets the end from the beginning, once per block.</param>
internal sealed class BlockReader(ISampleSource source, long limitSamples, bool loop)
{
    public long SamplesRead { get; private set; }

    /// <summary>Fills a block; fewer samples at the end of the input or at the limit, 0 when there are no more.</summary>
    public int Read(Span<short> block)
    {
        int wanted = (int)Math.Min(block.Length, limitSamples - SamplesRead);
        int read = source.Read(block[..wanted]);
        if (loop && read < wanted)
        {
            source.Rewind();
            read += source.Read(block[read..wanted]);
        }

        SamplesRead += read;
        return read;
    }
}
