using System.Diagnostics;
using System.Globalization;
using RtpProxy.Codecs;
using RtpProxy.Codecs.Files;
using RtpProxy.Codecs.Srtp;
using RtpProxy.ExtractAudio.Loading;
using RtpProxy.ExtractAudio.Mixing;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Tools.CommandLine;
using RtpProxy.Tools.Output;

namespace RtpProxy.ExtractAudio;

/// <summary>Turns the recordings of a call into an audio file.</summary>
internal sealed class ExtractCommand(TextWriter output, TextWriter errors, IProgressDisplay progress)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int OutputFailure = 2;
    private const int SampleRateHz = 8_000;
    private const UnixFileMode Permissions = (UnixFileMode)0x1a4; // rw-r--r--, as libsndfile makes files

    private readonly Complaints _complaints = new(errors);

    /// <returns>The exit status.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        if (ExtractCommandLine.Parse(arguments, out CommandLineAnswer? answer) is not { } options)
        {
            return answer?.Print(output, errors) ?? Failure;
        }

        if (options.IdlePriority)
        {
            using Process self = Process.GetCurrentProcess();
            self.PriorityClass = ProcessPriorityClass.Idle;
        }

        if (options.ScanOnly)
        {
            new ScanCommand(output).Run(options);
            return Success;
        }

        try
        {
            return Extract(options);
        }
        catch (CodecLibraryMissingException missing)
        {
            _complaints.Add(missing.Message);
            return Failure;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            _complaints.Add(SystemError.Describe(exception, Path.GetTempPath()));
            return Failure;
        }
        finally
        {
            _complaints.Print();
        }
    }

    private int Extract(ExtractOptions options)
    {
        using FileStream? answerFile = Open(options.AnswerPath);
        using FileStream? originateFile = Open(options.OriginatePath);
        using SpillFile spill = new();
        ChannelList channels = new(spill);
        LoadedSide answer = LoadedSide.NotOpened(options.AnswerPath);
        LoadedSide originate = LoadedSide.NotOpened(options.OriginatePath);
        progress.Run("Reading", 2 * ((answerFile?.Length ?? 0) + (originateFile?.Length ?? 0)), done =>
        {
            SideInputs inputs = new(options, answerFile, originateFile, _complaints, done);
            PartyList parties = new();
            LoadedSide Load(SideInput input, SrtpKey? key, Action<long> loaded) =>
                new SideLoader(input, parties, channels, spill, _complaints).Load(key, loaded);

            if (inputs.Answer is { } a)
            {
                answer = Load(a, options.AnswerKey, inputs.Progress(a));
            }

            if (inputs.Originate is { } b)
            {
                originate = Load(b, options.OriginateKey, inputs.Progress(b));
            }
        });
        _complaints.Print();
        StatisticsReport report = new(output);
        report.Print(answer.Statistics);
        report.Print(originate.Statistics);
        if (!AreEnough(answer, originate, options.NeedsBothSides))
        {
            return Failure;
        }

        if (channels.Channels.Count == 0)
        {
            ComplainOfNoAudio(answer, originate);
            return Failure;
        }

        PayloadReader payloads = new(answerFile?.SafeFileHandle, originateFile?.SafeFileHandle, spill);
        if (Write(options, channels, payloads, spill) is var status && status != Success)
        {
            if (status == Failure)
            {
                ComplainOfNoAudio(answer, originate);
            }

            return status;
        }

        foreach (string link in options.Links.Reverse())
        {
            HardLink.TryCreate(options.Output, link);
        }

        if (options.DeleteInputs)
        {
            Delete(answer);
            Delete(originate);
        }

        return Success;
    }

    private void ComplainOfNoAudio(LoadedSide answer, LoadedSide originate)
    {
        string paths = string.Join(" or ", ((string?[])[answer.Path, originate.Path]).Where(path => path is not null).Distinct());
        _complaints.Add($"no audio that can be decoded in {paths}");
    }

    private FileStream? Open(string? path)
    {
        if (path is null)
        {
            return null;
        }

        try
        {
            FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1);
            if (stream.CanSeek && stream.Length > 0)
            {
                return stream;
            }

            _complaints.Add($"{path}: {(stream.CanSeek ? "the file is empty" : "not a regular file")}");
            stream.Dispose();
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            _complaints.Add($"{path}: {SystemError.Describe(exception, path)}");
        }

        return null;
    }

    private bool AreEnough(LoadedSide answer, LoadedSide originate, bool needsBoth)
    {
        if (!answer.IsLoaded && !originate.IsLoaded)
        {
            _complaints.Add($"cannot load neither {answer.Path ?? "(null)"} nor {originate.Path ?? "(null)"}");
            return false;
        }

        foreach (LoadedSide side in (ReadOnlySpan<LoadedSide>)[answer, originate])
        {
            if (needsBoth && !side.IsComplete)
            {
                _complaints.Add($"cannot load {side.Path ?? "(null)"}");
                return false;
            }
        }

        return true;
    }

    /// <returns>
    /// <see cref="Success"/>; <see cref="OutputFailure"/> when the output cannot be opened or written; or
    /// <see cref="Failure"/> when not one packet could be decoded.
    /// </returns>
    private int Write(ExtractOptions options, ChannelList channels, PayloadReader payloads, SpillFile spill)
    {
        if (IsSameFile(options.Output, options.AnswerPath) || IsSameFile(options.Output, options.OriginatePath))
        {
            _complaints.Add($"{options.Output}: can't open output file");
            _complaints.Add("it is one of the recordings");
            return OutputFailure;
        }

        int outputChannels = options.Stereo ? 2 : 1;
        using OutputFiles outputs = new();
        AudioFileWriter file;
        try
        {
            // These two write their name into the file, or into that of a second one.
            bool isNamed = options.Container is AudioContainer.Svx or AudioContainer.Sd2;
            file = outputs.Open(options.Output, Permissions, isDirect: isNamed, open: path => AudioFileWriter.Create(
                path, options.Container, options.EffectiveEncoding, SampleRateHz, outputChannels));
        }
        catch (Exception exception) when (IsOutputFault(exception))
        {
            _complaints.Add($"{options.Output}: can't open output file");
            _complaints.Add(DescribeOutputFault(exception, options.Output));
            return OutputFailure;
        }

        using (file)
        {
            try
            {
                AudioFileOutput mix = new(file, options.Stereo);
                (long answer, long originate) = (0, 0);
                bool hasAudio = false;
                progress.Run("Writing", channels.PacketCount, done =>
                {
                    long packets = 0;
                    MixingContext context = new(payloads, spill, _complaints, () => done(++packets));
                    using Mixer mixer = new(channels.Channels, inSync: !options.NoSync, context);
                    mixer.Run(mix);
                    (answer, originate) = (mixer.AnswerSamples, mixer.OriginateSamples);
                    hasAudio = context.DecodedSamples > 0;
                });
                mix.Complete();
                if (!hasAudio)
                {
                    return Failure;
                }

                if (!TryKeep(outputs, options.Output))
                {
                    return OutputFailure;
                }

                // The last number is half the samples, which for mono is not the number of frames; so it always was.
                _complaints.Print();
                errors.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"samples decoded: O: {originate}, A: {answer}, written: {mix.SamplesWritten / 2}"));
                return Success;
            }
            catch (AudioFileException exception)
            {
                _complaints.Add($"{options.Output}: can't write output file");
                _complaints.Add(exception.Message);
                return OutputFailure;
            }
        }
    }

    private bool TryKeep(OutputFiles outputs, string path)
    {
        try
        {
            outputs.KeepAll();
            return true;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            _complaints.Add($"{path}: can't write output file");
            _complaints.Add(DescribeOutputFault(exception, path));
            return false;
        }
    }

    private static bool IsOutputFault(Exception exception) =>
        exception is AudioFileException or CodecLibraryMissingException || SystemError.IsOne(exception);

    private static string DescribeOutputFault(Exception exception, string path) => SystemError.IsOne(exception)
        ? $"System error : {SystemError.Describe(exception, path)}." // as libsndfile says it
        : exception.Message;

    private static bool IsSameFile(string path, string? other) =>
        other is not null && FileIdentity.AreSame(path, other);

    private void Delete(LoadedSide side)
    {
        if (side.Path is not { } path)
        {
            return;
        }

        if (side is { Statistics: not null, IsComplete: false })
        {
            _complaints.Add($"{path} not deleted, it could not be read to its end");
            return;
        }

        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            _complaints.Add($"can't delete {path}: {SystemError.Describe(exception, path)}");
        }
    }
}
