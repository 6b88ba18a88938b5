using System.Reflection;
using System.Reflection.Emit;
using Parcours.Journeys.Conditions;
using Parcours.Journeys.Definitions;

namespace Parcours.Journeys.Tests.Definitions;

/// <summary>The problem codes that a check can tell, read from its compiled instructions and those of all that it calls.</summary>
/// <remarks>So a new code shows without anybody writing it down. Conditions are left out: they have a table of their own.</remarks>
static class ReachedCodes
{
    static readonly Dictionary<short, OpCode> Instructions = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    static readonly HashSet<string> Known = [.. typeof(ProblemCodes).GetFields(BindingFlags.Public | BindingFlags.Static).Select(code => (string)code.GetRawConstantValue()!)];

    internal static IReadOnlySet<string> Of(Type kind)
    {
        var codes = new HashSet<string>();
        var seen = new HashSet<MethodBase>();
        // A call can only land in a type that was made on the way here, or that the document holds.
        var made = new HashSet<Type>();
        Hold(kind);
        var calls = new HashSet<MethodInfo>();
        Follow(kind.GetMethod("Check", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!);
        for (var before = -1; before != seen.Count + made.Count + calls.Count;)
        {
            before = seen.Count + made.Count + calls.Count;
            foreach (var call in calls.ToArray())
                foreach (var type in made.ToArray())
                    if (call.DeclaringType!.IsAssignableFrom(type)
                        && type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)
                            .FirstOrDefault(method => method.GetBaseDefinition() == call.GetBaseDefinition() && (method.DeclaringType == type || !Overridden(type, method))) is { } lands)
                        Follow(lands);
        }
        return codes;

        void Hold(Type type)
        {
            if (type.IsGenericType)
                foreach (var argument in type.GetGenericArguments())
                    Hold(argument);
            else if (type.Assembly == kind.Assembly && !type.IsAbstract && made.Add(type))
                foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
                    Hold(property.PropertyType);
        }

        void Follow(MethodBase method)
        {
            if (method.DeclaringType?.Assembly != kind.Assembly || method.DeclaringType.Namespace == typeof(ConditionCompiler).Namespace || seen.Contains(method))
                return;
            if (method is MethodInfo { IsStatic: false } call && !method.DeclaringType.IsValueType && method.DeclaringType != typeof(CheckContext) && !method.DeclaringType.Name.Contains('<', StringComparison.Ordinal))
            {
                calls.Add(call);
                if (method.IsAbstract || !made.Any(method.DeclaringType.IsAssignableFrom))
                    return;
            }
            seen.Add(method);
            // The body of an iterator is in the type that the compiler made for it.
            if (method is ConstructorInfo)
            {
                made.Add(method.DeclaringType);
                if (method.DeclaringType.GetMethod("MoveNext", BindingFlags.Instance | BindingFlags.NonPublic) is { } next)
                    Follow(next);
            }
            foreach (var (code, token) in Body(method))
                if (code == OpCodes.Ldstr && method.Module.ResolveString(token) is var text && Known.Contains(text))
                    codes.Add(text);
                else if (code.OperandType is OperandType.InlineMethod
                    && method.Module.ResolveMethod(token, method.DeclaringType.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : []) is { } called)
                    Follow(called);
        }
    }

    static bool Overridden(Type type, MethodInfo method) =>
        type.GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly).Any(own => own.GetBaseDefinition() == method.GetBaseDefinition() && own.DeclaringType != method.DeclaringType);

    static IEnumerable<(OpCode Code, int Token)> Body(MethodBase method)
    {
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } bytes)
            yield break;
        for (var at = 0; at < bytes.Length;)
        {
            var code = Instructions[bytes[at] == 0xFE ? (short)(0xFE00 | bytes[++at]) : bytes[at]];
            at++;
            yield return (code, code.OperandType is OperandType.InlineMethod or OperandType.InlineString ? BitConverter.ToInt32(bytes, at) : 0);
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(bytes, at)),
                _ => 4,
            };
        }
    }
}
