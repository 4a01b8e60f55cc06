using System.Globalization;
using System.Reflection;
using System.Text;

namespace Billing.Contract.Tests;

/// <summary>The public face of an assembly as text, one line a member, in an order that does not depend on the compiler.</summary>
static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(type.Namespace).Append('.').Append(Name(type));
            var bases = type.GetInterfaces().Where(one => one.IsPublic && type.BaseType?.GetInterfaces().Contains(one) != true && !IsOfRecord(type, one)).Select(Name)
                .Order(StringComparer.Ordinal).ToList();
            if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && parent != typeof(Enum)) bases.Insert(0, Name(parent));
            if (bases.Count > 0 && !type.IsEnum) text.Append(" : ").AppendJoin(", ", bases);
            text.Append('\n');
            foreach (var member in Members(type).Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (var name in Enum.GetNames(type)) yield return string.Create(CultureInfo.InvariantCulture, $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
            yield break;
        }
        foreach (var constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $"{Access(constructor)}new({Parameters(constructor)})";
        foreach (var field in type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily))
            yield return field.IsLiteral ? $"const {Name(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue())}" : $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}";
        foreach (var property in type.GetProperties(Declared))
        {
            var (get, set) = (property.GetMethod is { } g && IsVisible(g), property.SetMethod is { } s && IsVisible(s));
            if (!get && !set) continue;
            var accessor = (get ? property.GetMethod : property.SetMethod)!;
            var index = property.GetIndexParameters() is { Length: > 0 } ? $"this[{string.Join(", ", property.GetIndexParameters().Select(Parameter))}]" : property.Name;
            var isInit = set && property.SetMethod!.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");
            yield return $"{Access(accessor)}{Virtual(accessor)}{Name(property.PropertyType)} {index} {{ {(get ? "get; " : "")}{(set ? isInit ? "init; " : "set; " : "")}}}";
        }
        foreach (var method in type.GetMethods(Declared).Where(IsVisible))
        {
            // The compiler's own members of records and properties say nothing that the rest does not.
            if (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal)) continue;
            if (method.Name is "op_Equality" or "op_Inequality" or "Equals" or "GetHashCode" or "ToString" or "Deconstruct" or "PrintMembers" || method.Name.StartsWith('<')) continue;
            var generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
            yield return $"{Access(method)}{Virtual(method)}{Name(method.ReturnType)} {method.Name}{generic}({Parameters(method)})";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Virtual(MethodBase method) => method switch
    {
        { IsStatic: true } => "static ",
        { IsAbstract: true, DeclaringType.IsInterface: false } => "abstract ",
        { IsVirtual: true, DeclaringType.IsInterface: true, IsAbstract: false } => "default ",
        MethodInfo { IsVirtual: true, IsFinal: false, DeclaringType: { IsInterface: false, IsSealed: false } } info when info.GetBaseDefinition() == info => "virtual ",
        _ => "",
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var mode = parameter.ParameterType.IsByRef ? parameter.IsOut ? "out " : parameter.IsIn ? "in " : "ref " : "";
        var type = parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType;
        return $"{mode}{Name(type)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "")}";
    }

    private static string Literal(object? value) => value switch
    {
        null => "default",
        string text => $"\"{text}\"",
        char c => $"'{(c < ' ' ? string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : c)}'",
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => $"{(type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), false) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static bool IsOfRecord(Type type, Type one) => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>) && one.GetGenericArguments()[0] == type;

    private static string Name(Type type)
    {
        if (type.IsGenericParameter) return type.Name;
        if (type.IsArray) return Name(type.GetElementType()!) + "[]";
        if (Nullable.GetUnderlyingType(type) is { } inner) return Name(inner) + "?";
        var name = type switch
        {
            _ when type == typeof(void) => "void",
            _ when type == typeof(string) => "string",
            _ when type == typeof(int) => "int",
            _ when type == typeof(long) => "long",
            _ when type == typeof(ulong) => "ulong",
            _ when type == typeof(bool) => "bool",
            _ when type == typeof(byte) => "byte",
            _ when type == typeof(char) => "char",
            _ when type == typeof(decimal) => "decimal",
            _ when type == typeof(object) => "object",
            _ => type.Name,
        };
        if (!type.IsGenericType) return name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
