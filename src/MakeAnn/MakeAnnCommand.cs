using System.Globalization;
using RtpProxy.Codecs;
using RtpProxy.Io.Posix.Files;
using RtpProxy.MakeAnn.Input;
using RtpProxy.Tools.CommandLine;
using RtpProxy.Tools.Output;

namespace RtpProxy.MakeAnn;

/// <summary>Encodes an audio file into prompts for every codec there is.</summary>
/// <param name="output">Takes what was written.</param>
/// <param name="errors">Takes complaints.</param>
/// <param name="progress">Shows how far the work is; null where nobody is looking.</param>
internal sealed class MakeAnnCommand(TextWriter output, TextWriter errors, ProgressLine? progress)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const double SamplesPerSecond = 8_000;

    /// <returns>The exit status.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        if (MakeAnnOptions.Parse(arguments, out CommandLineAnswer? answer) is not { } options)
        {
            return answer?.Print(output, errors) ?? Failure;
        }

        if (options.DetectVoice)
        {
            Complain("VAD enable (-v) is for debugging purposes only, produced stream may not play correctly");
        }

        using ISampleSource? source = OpenInput(options.Input);
        return source is not null && Encode(source, options) ? Success : Failure;
    }

    private bool Encode(ISampleSource source, MakeAnnOptions options)
    {
        // The first block is read before any file is made: an input without audio leaves nothing behind.
        BlockReader blocks = new(source, options.LimitSamples ?? long.MaxValue, options.Loop);
        short[] block = new short[PromptWriter.BlockSamples];
        if (!TryRead(blocks, block, options.Input, out int count))
        {
            return false;
        }

        if (count == 0)
        {
            Complain($"can't open {options.Input} for reading: it holds no audio");
            return false;
        }

        using OutputFiles outputs = new();
        List<PromptWriter> writers = [];
        try
        {
            return CreateWriters(options, outputs, writers)
                && WriteBlocks(source, blocks, block, count, options, writers)
                && Complete(writers, outputs, options.Template)
                && Tell(source, blocks.SamplesRead, writers);
        }
        finally
        {
            progress?.Clear();
            writers.ForEach(writer => writer.Dispose());
        }
    }

    private ISampleSource? OpenInput(string path)
    {
        try
        {
            return SampleSources.Open(path);
        }
        catch (CodecLibraryMissingException missing)
        {
            Complain($"can't open {path} for reading: {missing.Message}");
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            Complain($"can't open {path} for reading: {SystemError.Describe(exception, path)}");
        }

        return null;
    }

    private bool CreateWriters(MakeAnnOptions options, OutputFiles outputs, List<PromptWriter> writers)
    {
        foreach (PromptEncoding encoding in PromptEncoding.All(options.DetectVoice))
        {
            string path = PromptWriter.PathOf(options.Template, encoding);
            if (FileIdentity.AreSame(path, options.Input))
            {
                Complain($"can't open {path} for writing: it is the input");
                return false;
            }

            try
            {
                writers.Add(PromptWriter.Create(options.Template, encoding, outputs));
            }
            catch (CodecLibraryMissingException missing)
            {
                Complain($"{path} not written: {missing.Message}"); // the others are still of use
            }
            catch (Exception exception) when (SystemError.IsOne(exception))
            {
                Complain($"can't open {path} for writing: {SystemError.Describe(exception, path)}");
                return false;
            }
        }

        return true;
    }

    private bool WriteBlocks(
        ISampleSource source,
        BlockReader blocks,
        short[] block,
        int count,
        MakeAnnOptions options,
        List<PromptWriter> writers)
    {
        while (count > 0)
        {
            foreach (PromptWriter writer in writers)
            {
                if (!Try(writer.Path, () => writer.Write(block.AsSpan(0, count))))
                {
                    return false;
                }
            }

            progress?.Show(options.LimitSamples is { } limit && options.Loop
                ? (double)blocks.SamplesRead / limit
                : source.Progress);
            if (!TryRead(blocks, block, options.Input, out count))
            {
                return false;
            }
        }

        return true;
    }

    private bool TryRead(BlockReader blocks, short[] block, string input, out int count)
    {
        count = 0;
        try
        {
            count = blocks.Read(block);
            return true;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            Complain($"can't read from {input}: {SystemError.Describe(exception, input)}");
            return false;
        }
    }

    private bool Complete(List<PromptWriter> writers, OutputFiles outputs, string template)
    {
        foreach (PromptWriter writer in writers)
        {
            if (!Try(writer.Path, writer.Complete))
            {
                return false;
            }
        }

        return Try(template, outputs.KeepAll);
    }

    private bool Tell(ISampleSource source, long samples, List<PromptWriter> writers)
    {
        progress?.Clear();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"input: {source.Description}, {samples / SamplesPerSecond:F3} seconds"));
        foreach (PromptWriter writer in writers)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{writer.Path}: {writer.CodecName}, {writer.BytesWritten} bytes"));
        }

        return true;
    }

    private bool Try(string path, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            Complain($"can't write to {path}: {SystemError.Describe(exception, path)}");
            return false;
        }
    }

    private void Complain(string line)
    {
        progress?.Clear();
        errors.WriteLine($"makeann: {line}");
    }
}
